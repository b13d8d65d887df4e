namespace Grid.Console.Tests.Beds;

/// <summary>A form on a page, and one of the choices that it gives: a button, an option or what is hidden in it.</summary>
/// <param name="Index">Its place among the page's forms.</param>
/// <param name="Pattern">The action that it is sent to, such as <c>/tenants/{id}/state</c>.</param>
/// <param name="Id">What it is called on the page, without what it is about: <c>revoke</c>, <c>to-active</c>, <c>cancel-all-all</c>; "" where it stands open.</param>
/// <param name="Act">The choice; "" where there is none.</param>
internal sealed record OfferedForm(int Index, string Pattern, string Id, string Act)
{
    /// <summary>The action and the choice.</summary>
    public string Choice => Act.Length > 0 ? $"{Pattern} {Act}" : Pattern;

    public string Key => $"{Choice} #{Id}";
}
