namespace Grid.Host.Api.Access;

/// <summary>Says whose key a group of endpoints takes.</summary>
public static class KeyRequirementExtensions
{
    /// <summary>Adds the check of the key before every endpoint of the group.</summary>
    public static RouteGroupBuilder RequireKey(this RouteGroupBuilder group, CallerRole role)
    {
        var filter = new KeyFilter(((IEndpointRouteBuilder)group).ServiceProvider.GetRequiredService<Doorkeeper>(), role);
        group.AddEndpointFilter(filter);
        group.WithMetadata(new KeyRequirement(role), new ProducesResponseTypeMetadata(StatusCodes.Status401Unauthorized, typeof(Model.ProblemBody), [Problem.ContentType]));
        return group;
    }
}
