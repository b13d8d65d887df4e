namespace Grid.Host.Api.Model;

/// <summary>A line that was taken out or put in.</summary>
/// <param name="Op">"-" taken out, "+" put in.</param>
/// <param name="Line">Its number, from 1, in the text that it is in.</param>
public sealed record LineChangeBody(string Op, int Line, string Text);
