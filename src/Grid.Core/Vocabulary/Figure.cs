namespace Grid.Core.Vocabulary;

/// <summary>One number that a decision was judged on, such as complaints = 11.</summary>
/// <param name="Name">camelCase: window, delivered, complaints, rate, threshold …</param>
/// <param name="Value">The number; rates are fractions (0.0011 = 0.11 %).</param>
/// <param name="Unit">"" for a count or fraction, "s" for seconds.</param>
public sealed record Figure(string Name, decimal Value, string Unit = "");
