using Grid.Contracts.Admission;
using Grid.Contracts.Sending;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Tests.Beds;
using Grid.Host.Admission;

namespace Grid.Grains.Tests.Sending;

/// <summary>
/// A flood to receivers that limit by what they don't tell, over a day of simulated time, through the lane's grain, its permits and
/// the profiles that the grid comes with: no limit is tripped twice in an hour, and in the end mail flows at nine tenths of what they allow.
/// </summary>
public sealed class LearntPaceTests(ITestOutputHelper output)
{
    private const int Hours = 24;
    private const int LastHours = 6;

    private static readonly SmtpReply Gmail = new(421, "4.7.28",
        "[192.0.2.1] Our system has detected an unusual rate of unsolicited mail originating from your IP address. To protect our users from spam, mail sent from your IP address has been temporarily rate limited.");

    private static readonly SmtpReply Yahoo = new(421, "4.7.0",
        "[TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 192.0.2.1; see https://postmaster.yahooinc.com/error-codes");

    private static readonly SmtpReply Microsoft = new(451, "4.7.500", "Server busy. Please try again later from [192.0.2.1]. (AS77712)");

    // Google: stop for ten minutes, come back with one connection. Yahoo: 20 messages over a connection, two hours' rest after TSS04.
    public static TheoryData<string, int, int, int> Receivers => new()
    {
        { "gmail", 100, 1, 10 }, { "gmail", 1000, 60, 10 }, { "gmail", 500, 10, 10 },
        { "yahoo", 60, 1, 120 }, { "yahoo", 3600, 60, 120 }, { "yahoo", 700, 10, 120 },
        { "outlook.com", 150, 1, 15 }, { "outlook.com", 5000, 60, 15 }, { "outlook.com", 600, 10, 15 },
    };

    [Theory]
    [MemberData(nameof(Receivers))]
    public async Task Flood_trips_no_limit_twice_in_an_hour_and_ends_near_what_is_allowed(string site, int most, int windowMinutes, int penaltyMinutes)
    {
        var refusal = site switch { "gmail" => Gmail, "yahoo" => Yahoo, _ => Microsoft };
        var receiver = new LimitedReceiver(site, most, TimeSpan.FromMinutes(windowMinutes), TimeSpan.FromMinutes(penaltyMinutes), refusal, MostConnections: 10, MostOverOne: site == "yahoo" ? 20 : 50);
        await using var bed = await GridBed.StartAsync(new() { Shaping = [.. BuiltInShaping.Profiles] });
        var flood = new Flood(bed, receiver);
        var start = bed.Now;
        var before = 0;
        while (bed.Now - start < TimeSpan.FromHours(Hours))
        {
            bed.Clock.Advance(TimeSpan.FromSeconds(0.5));
            before = bed.Now - start <= TimeSpan.FromHours(Hours - LastHours) ? receiver.Accepted : before;
            await flood.SendAsync();
        }

        var share = (receiver.Accepted - before) / receiver.Allows(TimeSpan.FromHours(LastHours));
        output.WriteLine($"{site}, {most} in {windowMinutes} min: {receiver.Accepted} of {receiver.Allows(TimeSpan.FromHours(Hours)):0} delivered, in the last {LastHours} h {share:P1}; trips at {string.Join(", ", receiver.Trips.Select(t => $"{(t - start).TotalHours:0.00} h"))}");
        Assert.NotEmpty(receiver.Trips);
        Assert.All(receiver.Trips.Zip(receiver.Trips.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromHours(1), $"trips at {pair.First - start} and {pair.Second - start}"));
        Assert.Equal(0, receiver.Knocks);
        Assert.InRange(share, 0.9, 1);
    }

    /// <summary>Mail without end for one lane: each half second as much as its permits and connections allow.</summary>
    private sealed class Flood
    {
        private const int PerConnection = 3;

        private readonly GridBed _bed;
        private readonly LimitedReceiver _receiver;
        private readonly ILaneGrain _lane;
        private readonly IPermitHolder _holder;
        private readonly Holder _self = new();
        private readonly List<int> _connections = [];
        private DateTimeOffset _again;
        private int _left;

        public Flood(GridBed bed, LimitedReceiver receiver)
        {
            (_bed, _receiver) = (bed, receiver);
            _lane = bed.Grains.GetGrain<ILaneGrain>($"{GridBed.Ip}|{receiver.Site}");
            _holder = bed.Grains.CreateObjectReference<IPermitHolder>(_self);
        }

        public async Task SendAsync()
        {
            if (_bed.Now < _again)
            {
                return;
            }

            var grant = await _lane.Acquire(_holder, PermitKind.Send, 64, _left);
            _left = grant.Count;
            if (grant.Count == 0)
            {
                _again = _bed.Now + (grant.RetryAfter < TimeSpan.Zero ? TimeSpan.FromSeconds(30) : grant.RetryAfter);
                return;
            }

            while (_connections.Count < grant.MaxConnections)
            {
                _connections.Add(0);
            }

            _connections.RemoveRange(grant.MaxConnections, _connections.Count - grant.MaxConnections);
            var told = _self.Changes.Count;
            for (var i = 0; i < _connections.Count * PerConnection && _left > 0 && told == _self.Changes.Count; i++, _left--)
            {
                var at = i % _connections.Count;
                _connections[at] = _connections[at] >= grant.MaxMessagesPerConnection ? 1 : _connections[at] + 1;
                var reply = _receiver.Take(_connections.Count, _connections[at], _bed.Now);
                if (_bed.Get<IShapingSource>().Current.ForSite(_receiver.Site).Match(reply) is { } rule)
                {
                    await _lane.Heed(rule.Id, 1, reply);
                }
            }
        }
    }
}
