using FsCheck;
using FsCheck.Fluent;

namespace Grid.Core.Tests;

/// <summary>Runs a property over generated cases and throws with the smallest failing case.</summary>
internal static class Properties
{
    public static void Hold<T>(Gen<T> cases, Func<T, bool> property, int count = 300) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), Prop.ForAll(cases.ToArbitrary(), property));
}
