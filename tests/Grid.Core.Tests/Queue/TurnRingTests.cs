using FsCheck.Fluent;
using Grid.Core.Queue;

namespace Grid.Core.Tests.Queue;

public sealed class TurnRingTests
{
    private static string Turns(TurnRing<char> ring, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => ring.TryNext(out var key) ? key : '-'));

    private static TurnRing<char> Ring(string keys)
    {
        var ring = new TurnRing<char>();
        foreach (var key in keys)
        {
            Assert.True(ring.Add(key));
        }

        return ring;
    }

    [Fact]
    public void TryNext_goes_round_in_order() => Assert.Equal("abcabca", Turns(Ring("abc"), 7));

    [Fact]
    public void TryNext_empty_ring_has_no_turn() => Assert.Equal("--", Turns(Ring(""), 2));

    [Fact]
    public void Add_newcomer_comes_after_all_that_wait()
    {
        var ring = Ring("abc");
        Assert.Equal("a", Turns(ring, 1));

        Assert.True(ring.Add('d'));
        Assert.False(ring.Add('d'));

        Assert.Equal("bcadbca", Turns(ring, 7));
    }

    [Fact]
    public void Remove_of_the_next_hands_its_turn_on()
    {
        var ring = Ring("abc");
        Assert.True(ring.Remove('a'));
        Assert.False(ring.Remove('a'));

        Assert.Equal("bcb", Turns(ring, 3));
        Assert.True(ring.Remove('b'));
        Assert.True(ring.Remove('c'));
        Assert.Equal((0, "-"), (ring.Count, Turns(ring, 1)));
        Assert.True(ring.Add('x'));
        Assert.Equal("xx", Turns(ring, 2));
    }

    [Fact]
    public void TryNext_any_history_gives_every_staying_key_one_turn_between_two_of_another() =>
        Properties.Hold(
            (from what in Gen.Choose(0, 5) from key in Gen.Choose(0, 6) select (what, key)).ListOf(200),
            steps =>
            {
                var ring = new TurnRing<int>();
                var waitingSince = new Dictionary<int, HashSet<int>>();
                foreach (var (what, key) in steps)
                {
                    if (what == 0 && ring.Add(key))
                    {
                        waitingSince[key] = [];
                    }
                    else if (what == 1 && ring.Remove(key))
                    {
                        waitingSince.Remove(key);
                    }
                    else if (what > 1 && ring.TryNext(out var turn))
                    {
                        // Nobody who waits sees the same key twice, and each turn goes to a member.
                        if (!waitingSince.ContainsKey(turn) || waitingSince.Any(w => w.Key != turn && !w.Value.Add(turn)))
                        {
                            return false;
                        }

                        waitingSince[turn] = [];
                    }
                }

                return ring.Count == waitingSince.Count && waitingSince.Keys.All(ring.Contains);
            });
}
