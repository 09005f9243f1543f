using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message must be of this type and come from <c>sender</c>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType(false, duration, hint, From<T>(sender), cancellationToken));

    /// <summary>The next message must be of this type and come from <c>sender</c>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType(false, timeout, hint, Both(From<T>(sender), Equal(message)), cancellationToken));

    /// <summary>The next message must be of this type and come from <c>sender</c>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType(false, timeout, hint, Both(From<T>(sender), Fits(isMessage)), cancellationToken));

    /// <summary>The next message must be of this type and come from <c>sender</c>.</summary>
    public T ExpectMsgFrom<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType(false, timeout, hint, Both(From<T>(isSender), Fits(isMessage)), cancellationToken));

    /// <summary>The next message must be of this type and come from <c>sender</c>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType(false, timeout, hint, Both(From<T>(sender), Passes<T>((message, _) => assertMessage(message))), cancellationToken));

    /// <summary>The next message must be of this type and come from <c>sender</c>.</summary>
    public T ExpectMsgFrom<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType(false, timeout, hint, PassBoth(assertSender, assertMessage), cancellationToken));

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType(true, duration, hint, From<T>(sender), cancellationToken);

    /// <summary>The next message must be of this type and come from <c>sender</c>.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType(true, timeout, hint, Both(From<T>(sender), Equal(message)), cancellationToken);

    /// <summary>The next message must be of this type and come from <c>sender</c>.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType(true, timeout, hint, Both(From<T>(sender), Fits(isMessage)), cancellationToken);

    /// <summary>The next message must be of this type and come from <c>sender</c>.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType(true, timeout, hint, Both(From<T>(isSender), Fits(isMessage)), cancellationToken);

    /// <summary>The next message must be of this type and come from <c>sender</c>.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType(true, timeout, hint, Both(From<T>(sender), Passes<T>((message, _) => assertMessage(message))), cancellationToken);

    /// <summary>The next message must be of this type and come from <c>sender</c>.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType(true, timeout, hint, PassBoth(assertSender, assertMessage), cancellationToken);

    private static Func<T, IActorRef, string?> From<T>(IActorRef expected)
        => (message, sender) => Equals(sender, expected) ? null : $"Expected a message from {expected}, but {{{message}}} came from {sender}";

    private static Func<T, IActorRef, string?> From<T>(Predicate<IActorRef> isSender)
        => (message, sender) => isSender(sender) ? null : $"{{{message}}} came from {sender}, which does not fit the predicate";

    private static Func<T, IActorRef, string?> Both<T>(Func<T, IActorRef, string?> first, Func<T, IActorRef, string?> second)
        => (message, sender) => first(message, sender) ?? second(message, sender);

    private static Func<T, IActorRef, string?> PassBoth<T>(Action<IActorRef> assertSender, Action<T> assertMessage) => Passes<T>((message, sender) =>
    {
        assertSender(sender);
        assertMessage(message);
    });
}
