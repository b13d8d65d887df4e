namespace Grid.Core.Vocabulary;

/// <summary>How a report came in. The numbers are stored.</summary>
public enum AbuseSource : byte
{
    /// <summary>The form at /abuse.</summary>
    Form = 1,

    /// <summary>A letter to abuse@ or postmaster@.</summary>
    Letter = 2,

    /// <summary>A bounce, a complaint or an unsubscription that could not be believed: it had no consequence.</summary>
    Feedback = 3,

    /// <summary>A letter to help@: a question about the service or its servers, not about abuse.</summary>
    Help = 4,

    /// <summary>A complaint that was believed and counted: its evidence, with nothing left to decide.</summary>
    Complaint = 5,
}
