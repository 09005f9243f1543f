using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message must be of this type. Fails if another arrives, or none within <c>duration</c>.</summary>
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType<T>(false, duration, hint, static (_, _) => null, cancellationToken));

    /// <summary>The next message must equal <c>message</c>.</summary>
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType<T>(false, timeout, hint, Equal(message), cancellationToken));

    /// <summary>The next message must be of this type and fit.</summary>
    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType<T>(false, timeout, hint, Fits(isMessage), cancellationToken));

    /// <summary>The next message must be of this type and pass the assertions.</summary>
    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType<T>(false, timeout, hint, Passes<T>((message, _) => assert(message)), cancellationToken));

    /// <summary>The next message must be of this type. Fails if another arrives, or none within <c>duration</c>.</summary>
    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType<T>(false, timeout, hint, Fits(isMessageAndSender), cancellationToken));

    /// <summary>The next message must be of this type. Fails if another arrives, or none within <c>duration</c>.</summary>
    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType(false, timeout, hint, Passes(assertMessageAndSender), cancellationToken));

    /// <summary>The next message must be of this type. Fails if another arrives, or none within <c>duration</c>.</summary>
    public T ExpectMsg<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType<T>(false, timeout, hint, Equal(expected, comparer), cancellationToken));

    /// <inheritdoc cref="ExpectMsg{T}(TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType<T>(true, duration, hint, static (_, _) => null, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(T, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType<T>(true, timeout, hint, Equal(message), cancellationToken);

    /// <summary>The next message must be of this type. Fails if another arrives, or none within <c>duration</c>.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType<T>(true, timeout, hint, Fits(isMessage), cancellationToken);

    /// <summary>The next message must be of this type. Fails if another arrives, or none within <c>duration</c>.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType<T>(true, timeout, hint, Passes<T>((message, _) => assert(message)), cancellationToken);

    /// <summary>The next message must be of this type. Fails if another arrives, or none within <c>duration</c>.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType<T>(true, timeout, hint, Fits(isMessageAndSender), cancellationToken);

    /// <summary>The next message must be of this type. Fails if another arrives, or none within <c>duration</c>.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType(true, timeout, hint, Passes(assertMessageAndSender), cancellationToken);

    /// <summary>The next message must be of this type. Fails if another arrives, or none within <c>duration</c>.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType<T>(true, timeout, hint, Equal(expected, comparer), cancellationToken);

    /// <summary>Takes the next message and checks it; <paramref name="problem"/> answers null for a good one.</summary>
    private async ValueTask<T> ExpectType<T>(bool async, TimeSpan? timeout, string? hint, Func<T, IActorRef, string?> problem, CancellationToken token)
    {
        var wait = RemainingOrDilated(timeout);
        var taken = await TakeCore(async, wait, token).ConfigureAwait(false)
            ?? throw Fail($"Failed: Timeout {wait} while waiting for a message of type {typeof(T)}{Suffix(hint)}");
        if (taken.Message is not T message)
            throw Fail($"Failed: Expected a message of type {typeof(T)}, but received {{{taken.Message}}} (type {taken.Message?.GetType()}) instead from {taken.Sender}{Suffix(hint)}");
        return problem(message, taken.Sender) is not { } text ? message : throw Fail($"Failed: {text}{Suffix(hint)}");
    }

    private static Func<T, IActorRef, string?> Equal<T>(T expected)
        => (actual, _) => EqualityComparer<T>.Default.Equals(expected, actual) ? null : $"Expected {expected}, but received {actual}";

    private static Func<T, IActorRef, string?> Equal<T>(T expected, Func<T, T, bool> comparer)
        => (actual, _) => comparer(expected, actual) ? null : $"Expected {expected}, but received {actual}";

    private static Func<T, IActorRef, string?> Fits<T>(Predicate<T> fits)
        => (actual, _) => fits(actual) ? null : $"Received {{{actual}}} of type {typeof(T)}, but it does not fit the predicate";

    private static Func<T, IActorRef, string?> Fits<T>(Func<T, IActorRef, bool> fits)
        => (actual, sender) => fits(actual, sender) ? null : $"Received {{{actual}}} from {sender}, but it does not fit the predicate";

    private static Func<T, IActorRef, string?> Passes<T>(Action<T, IActorRef> assert) => (actual, sender) =>
    {
        assert(actual, sender);
        return null;
    };
}
