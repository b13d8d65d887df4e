namespace Grid.Core.Enforcement.Vetting;

/// <summary>How far a tenant's vetting is.</summary>
public enum VettingStage : byte
{
    /// <summary>Something that the applicant has to bring is missing.</summary>
    Applicant = 0,

    /// <summary>All is there that the applicant brings; operators look at it.</summary>
    UnderReview = 1,

    /// <summary>Verified: the tenant may send.</summary>
    Verified = 2,

    /// <summary>Rejected with a reason: for good.</summary>
    Rejected = 3,
}
