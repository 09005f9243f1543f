namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message must equal one of these.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
        => Sync(ExpectType(false, null, null, AnyOf(messages), cancellationToken));

    /// <inheritdoc cref="ExpectMsgAnyOf{T}"/>
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
        => ExpectType(true, null, null, AnyOf(messages), cancellationToken);

    /// <summary>The next messages must be exactly these, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => Sync(AllOf(false, RemainingOrDefault, messages, default));

    /// <summary>The next messages must be exactly these, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => Sync(AllOf(false, RemainingOrDilated(max), messages, default));

    /// <summary>The next messages must be exactly these, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default)
        => Sync(AllOf(false, RemainingOrDefault, messages, cancellationToken));

    /// <summary>The next messages must be exactly these, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default)
        => Sync(AllOf(false, RemainingOrDilated(max), messages, cancellationToken));

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default)
        => Each(AllOf(true, RemainingOrDefault, messages, cancellationToken));

    /// <summary>The next messages must be exactly these, in any order.</summary>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default)
        => Each(AllOf(true, RemainingOrDilated(max), messages, cancellationToken));

    private static Func<T, Akka.Actor.IActorRef, string?> AnyOf<T>(IEnumerable<T> messages)
    {
        var expected = messages.ToList();
        return (actual, _) => expected.Contains(actual) ? null : $"Expected one of [{string.Join(", ", expected)}], but received {actual}";
    }

    private async ValueTask<IReadOnlyList<T>> AllOf<T>(bool async, TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken token)
    {
        var received = await ReceiveNCore(async, messages.Count, max, token).ConfigureAwait(false);
        var missing = messages.ToList();
        var unexpected = new List<object>();
        foreach (var message in received)
            if (message is not T typed || !missing.Remove(typed))
                unexpected.Add(message);
        return missing.Count == 0
            ? received.Cast<T>().ToList()
            : throw Fail($"Not found: [{string.Join(", ", missing)}], unexpected: [{string.Join(", ", unexpected)}]");
    }
}
