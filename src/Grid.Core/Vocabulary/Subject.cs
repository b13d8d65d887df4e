namespace Grid.Core.Vocabulary;

/// <summary>Whom a counter, a limit or a decision belongs to. Written <c>tenant/acme</c>, <c>ip/192.0.2.1</c>, <c>domain/example.com</c>, <c>site/NAME</c>, <c>policy/NAME</c>, <c>case/ID</c>, <c>lane/IP|SITE</c>, <c>queue/all</c>, <c>setting/NAME</c>.</summary>
public readonly record struct Subject(SubjectKind Kind, string Key)
{
    public static Subject Tenant(string id) => new(SubjectKind.Tenant, id);

    public static Subject Ip(string address) => new(SubjectKind.Ip, address);

    public static Subject Domain(string name) => new(SubjectKind.Domain, name);

    public static Subject Site(string name) => new(SubjectKind.Site, name);

    public static Subject Policy(string name) => new(SubjectKind.Policy, name);

    public static Subject Case(string id) => new(SubjectKind.Case, id);

    public static Subject Lane(string ip, string site) => new(SubjectKind.Lane, $"{ip}|{site}");

    public static Subject Setting(string name) => new(SubjectKind.Setting, name);

    /// <summary>The whole queue.</summary>
    public static Subject Queue { get; } = new(SubjectKind.Queue, "all");

    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        SubjectKind.Tenant => "tenant/" + Key,
        SubjectKind.Ip => "ip/" + Key,
        SubjectKind.Domain => "domain/" + Key,
        SubjectKind.Site => "site/" + Key,
        SubjectKind.Policy => "policy/" + Key,
        SubjectKind.Case => "case/" + Key,
        SubjectKind.Lane => "lane/" + Key,
        SubjectKind.Queue => "queue/" + Key,
        SubjectKind.Setting => "setting/" + Key,
        _ => throw new InvalidOperationException($"no subject kind {Kind}"),
    };

    /// <summary>Reads the text form; false when the kind is unknown or the key is empty.</summary>
    public static bool TryParse(string? text, out Subject subject)
    {
        subject = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (text is null || slash <= 0 || slash == text.Length - 1)
        {
            return false;
        }

        SubjectKind? kind = text[..slash] switch
        {
            "tenant" => SubjectKind.Tenant,
            "ip" => SubjectKind.Ip,
            "domain" => SubjectKind.Domain,
            "site" => SubjectKind.Site,
            "policy" => SubjectKind.Policy,
            "case" => SubjectKind.Case,
            "lane" => SubjectKind.Lane,
            "queue" => SubjectKind.Queue,
            "setting" => SubjectKind.Setting,
            _ => null,
        };
        if (kind is null)
        {
            return false;
        }

        subject = new(kind.Value, text[(slash + 1)..]);
        return true;
    }
}
