namespace Grid.Core.Enforcement;

/// <summary>What a tenant can do, or have done for it.</summary>
public enum Verb : byte
{
    /// <summary>Submit bulk mail.</summary>
    SubmitBulk = 1,

    /// <summary>Submit transactional mail.</summary>
    SubmitTransactional = 2,

    /// <summary>Have queued bulk mail delivered.</summary>
    DeliverBulk = 3,

    /// <summary>Have queued transactional mail delivered.</summary>
    DeliverTransactional = 4,

    /// <summary>Read its reputation, notices, cases and settings.</summary>
    Read = 5,

    /// <summary>Change what is its own: suppressions, webhooks, proofs of domains, vetting; cancel mail.</summary>
    Configure = 6,

    /// <summary>Appeal.</summary>
    Appeal = 7,

    /// <summary>Export its data: messages, events, lists of addresses.</summary>
    Export = 8,

    /// <summary>Recipients opt out.</summary>
    OptOut = 9,

    /// <summary>Complaints are taken in.</summary>
    Complain = 10,

    /// <summary>Bounces are taken in.</summary>
    Bounce = 11,
}
