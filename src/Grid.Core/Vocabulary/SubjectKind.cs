namespace Grid.Core.Vocabulary;

/// <summary>What a decision can be about.</summary>
public enum SubjectKind : byte
{
    /// <summary>A customer of the operator.</summary>
    Tenant = 0,

    /// <summary>A sending IP.</summary>
    Ip = 1,

    /// <summary>A recipient domain.</summary>
    Domain = 2,

    /// <summary>Recipient domains behind one set of mail exchangers.</summary>
    Site = 3,

    /// <summary>A policy, as of its pushes.</summary>
    Policy = 4,

    /// <summary>A case, as of what was done in it.</summary>
    Case = 5,

    /// <summary>The way from one sending IP to one site.</summary>
    Lane = 6,

    /// <summary>The queue as a whole, as of what operators do with it.</summary>
    Queue = 7,

    /// <summary>Something that holds for the whole grid, as of what operators do with it: shaping, warm-up plans, the platform's domains.</summary>
    Setting = 8,
}
