using System.Globalization;

namespace Orleans;

/// <summary>How long grains of this class may be idle, instead of <see cref="Configuration.GrainCollectionOptions.CollectionAge"/>; at least one minute.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The least limit: one minute.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    private readonly TimeSpan? _given;

    /// <summary>The sum of <see cref="Days"/>, <see cref="Hours"/> and <see cref="Minutes"/>.</summary>
    public CollectionAgeLimitAttribute()
    {
    }

    /// <summary>A limit written as a TimeSpan ("00:05:00").</summary>
    public CollectionAgeLimitAttribute(string inactivityPeriod) => _given = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

    /// <summary>Never collected; default false.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>Days, default 0.</summary>
    public double Days { get; set; }

    /// <summary>Hours, default 0.</summary>
    public double Hours { get; set; }

    /// <summary>Minutes, default 0.</summary>
    public double Minutes { get; set; }

    /// <summary>The limit.</summary>
    public TimeSpan AgeLimit
    {
        get
        {
            if (AlwaysActive)
            {
                return TimeSpan.MaxValue;
            }

            var limit = _given ?? TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return limit > MinAgeLimit ? limit : MinAgeLimit;
        }
    }
}
