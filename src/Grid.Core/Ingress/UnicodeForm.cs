using System.Text;

namespace Grid.Core.Ingress;

/// <summary>Characters that only look different, in one form.</summary>
internal static class UnicodeForm
{
    /// <summary>Unicode form KC, in which full-width letters are ASCII. ASCII is returned as it is.</summary>
    public static string Compatible(string text) => Ascii.IsValid(text) ? text : Nfkc.Normalise(text);

    /// <summary>Compatible, and without difference of case: upper and then lower case, which also joins the two small sigmas.</summary>
    public static string Folded(string text) =>
        Ascii.IsValid(text) ? text.ToLowerInvariant() : Nfkc.Normalise(Nfkc.Normalise(text).ToUpperInvariant().ToLowerInvariant());
}
