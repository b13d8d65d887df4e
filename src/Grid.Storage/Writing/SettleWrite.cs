using Grid.Core.Vocabulary;

namespace Grid.Storage.Writing;

/// <summary>Outcomes to append.</summary>
internal sealed class SettleWrite(IReadOnlyList<Settlement> settlements) : Write<IReadOnlyList<OutcomeRecord>>
{
    public IReadOnlyList<Settlement> Settlements => settlements;

    public override int Weight => 512 * settlements.Count;
}
