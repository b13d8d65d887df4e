using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Gathers what is wrong with a request, so that all of it is answered at once. At most 100 faults are listed.</summary>
public sealed class Faults
{
    private const int MaxListed = 100;

    private List<FieldError>? _errors;

    /// <summary>Nothing is wrong so far.</summary>
    public bool None => _errors is null;

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<FieldError> Errors => _errors ?? [];

    /// <summary>The answer, 422.</summary>
    public Problem Problem => Api.Problem.Invalid(Errors);

    public void Add(string field, string message, string? clause = null)
    {
        if ((_errors ??= []).Count < MaxListed)
        {
            _errors.Add(new(field, message, clause));
        }
    }

    /// <summary>Whether a fault of that field is noted.</summary>
    public bool Has(string field) => _errors?.Exists(error => error.Field == field) == true;

    /// <summary>A text that must be there, of at most so many characters, without controls. Returns it trimmed; "" after a fault.</summary>
    public string Text(string field, string? value, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(field, "is required");
            return "";
        }

        return OptionalText(field, value, maxLength) ?? "";
    }

    /// <summary>A text that may be absent (null, or blank).</summary>
    public string? OptionalText(string field, string? value, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        if (value.Length > maxLength)
        {
            Add(field, $"must be at most {maxLength} characters");
        }
        else if (value.Any(char.IsControl))
        {
            Add(field, "must have no control characters");
        }

        return value.Trim();
    }

    /// <summary>A rate's text form, or nothing.</summary>
    public string? OptionalRate(string field, string? value)
    {
        if (value is not null && !Rate.TryParse(value, out _, out var fault))
        {
            Add(field, fault);
        }

        return value;
    }

    /// <summary>A whole number of at least 1, or nothing.</summary>
    public int? OptionalCount(string field, int? value)
    {
        if (value < 1)
        {
            Add(field, "must be at least 1");
        }

        return value;
    }
}
