using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>No message may arrive for as long as an expectation waits by default.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => Sync(ExpectNone(false, RemainingOrDefault, cancellationToken));

    /// <summary>No message may arrive for as long as an expectation waits by default.</summary>
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => Sync(ExpectNone(false, Dilated(duration), cancellationToken));

    /// <summary>No message may arrive for as long as an expectation waits by default.</summary>
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <inheritdoc cref="ExpectNoMsg(CancellationToken)"/>
    public async ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default)
        => await ExpectNone(true, RemainingOrDefault, cancellationToken).ConfigureAwait(false);

    /// <summary>No message may arrive for as long as an expectation waits by default.</summary>
    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default)
        => await ExpectNone(true, Dilated(duration), cancellationToken).ConfigureAwait(false);

    /// <summary>No message may arrive for as long as an expectation waits by default.</summary>
    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default)
        => ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <summary>The next message must be <see cref="Terminated"/> of <paramref name="target"/>, which the test actor must watch.</summary>
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => Sync(ExpectType(false, timeout, hint, TerminatedIs(target), cancellationToken));

    /// <inheritdoc cref="ExpectTerminated"/>
    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
        => ExpectType(true, timeout, hint, TerminatedIs(target), cancellationToken);

    private static Func<Terminated, IActorRef, string?> TerminatedIs(IActorRef target)
        => (message, _) => Equals(message.ActorRef, target) ? null : $"Expected the end of {target}, but {message.ActorRef} ended";

    private async ValueTask<bool> ExpectNone(bool async, TimeSpan duration, CancellationToken token)
    {
        if (await TakeCore(async, duration, token).ConfigureAwait(false) is { } taken)
            throw Fail($"Failed: Expected no messages during {duration}, instead we received {taken}");
        _lastWasNoMessage = true;
        return true;
    }
}
