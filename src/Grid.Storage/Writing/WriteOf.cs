namespace Grid.Storage.Writing;

/// <summary>A write that answers with a <typeparamref name="T"/>, known before the commit and told after it.</summary>
internal abstract class Write<T> : Write
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Done => _done.Task;

    /// <summary>Set while the write is applied; overwritten when the group is run again.</summary>
    public T Result { get; set; } = default!;

    public override void Complete() => _done.SetResult(Result);

    public override void Fail(Exception exception) => _done.SetException(exception);
}
