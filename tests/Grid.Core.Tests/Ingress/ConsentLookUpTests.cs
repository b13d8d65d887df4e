using Grid.Core.Enforcement.Policies;
using Grid.Core.Ingress;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Ingress;

public sealed class ConsentLookUpTests
{
    private static readonly DateTimeOffset Given = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ConsentRecord Record =
        new() { Tenant = "acme", Address = "a@b.example", Method = "double-opt-in", At = Given, Source = "form", Evidence = "form 17", RecordedAt = Given, By = "tenant" };

    [Fact]
    public void Of_nothing_on_record_is_what_is_declared()
    {
        var declared = new ConsentFacts { Method = "x" };
        Assert.Same(declared, ConsentLookUp.Of(declared, [], null));
        Assert.Null(ConsentLookUp.Of(null, [], null));
    }

    [Fact]
    public void Of_a_declaration_without_evidence_is_filled_up_from_the_record()
    {
        var facts = ConsentLookUp.Of(new() { Method = "requested", At = Given.AddDays(1) }, [Record], null)!;
        Assert.Equal(("requested", Given.AddDays(1), "form", "form 17"), (facts.Method, facts.At!.Value, facts.Source, facts.Evidence));
        Assert.Equal("double-opt-in", ConsentLookUp.Of(null, [Record], null)!.Method);
    }

    [Fact]
    public void Of_a_declaration_with_evidence_stands_for_itself()
    {
        var facts = ConsentLookUp.Of(new() { Method = "requested", Evidence = "mine" }, [Record], null)!;
        Assert.Equal(("requested", "mine", null), (facts.Method, facts.Evidence, facts.Source));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Of_what_was_taken_back_is_so_unless_it_was_given_later(int declaredDay, bool isRevoked)
    {
        var revoked = Record with { RevokedAt = Given.AddDays(1) };
        foreach (var evidence in (string?[])[null, "mine"])
        {
            Assert.Equal(isRevoked, ConsentLookUp.Of(new() { Method = "m", At = Given.AddDays(declaredDay), Evidence = evidence }, [revoked], null)!.RevokedAt is not null);
        }

        Assert.NotNull(ConsentLookUp.Of(new() { Method = "m" }, [revoked], null)!.RevokedAt);
    }

    [Fact]
    public void Choose_the_topics_own_then_that_of_everything_then_the_newest()
    {
        var (hats, all, shoes) = (Record with { Topic = "Hats" }, Record, Record with { Topic = "shoes", At = Given.AddDays(1) });
        Assert.Same(hats, ConsentLookUp.Choose([all, hats, shoes], "hats"));
        Assert.Same(all, ConsentLookUp.Choose([hats, all, shoes], "cars"));
        Assert.Same(shoes, ConsentLookUp.Choose([hats, shoes], "cars"));
        Assert.Same(shoes, ConsentLookUp.Choose([hats, shoes], null));
    }
}
