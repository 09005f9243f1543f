using System.Collections;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Passes over messages until one fits; fails when the time is over.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
        => FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Passes over messages until one fits; fails when the time is over.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
        => Sync(Fish(false, isMessage, null, max, hint, cancellationToken));

    /// <summary>As above; what was passed over is added to <paramref name="allMessages"/>.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, ArrayList? allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
        => Sync(Fish(false, isMessage, allMessages, max, hint, cancellationToken));

    /// <summary>Passes over messages until one fits; fails when the time is over.</summary>
    public ValueTask<object> FishForMessageAsync(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
        => Fish(true, isMessage, null, max, hint, cancellationToken);

    /// <summary>Passes over messages until one fits; fails when the time is over.</summary>
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
        => Fish(true, isMessage, null, max, hint, cancellationToken);

    /// <summary>Passes over messages until one fits; fails when the time is over.</summary>
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, ArrayList? allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
        => Fish(true, isMessage, allMessages, max, hint, cancellationToken);

    private async ValueTask<T> Fish<T>(bool async, Predicate<T> isMessage, ArrayList? passed, TimeSpan? max, string hint, CancellationToken token)
    {
        var length = RemainingOrDilated(max);
        var stop = Now + length;
        var seen = 0;
        while (true)
        {
            var taken = await TakeCore(async, length < TimeSpan.Zero ? length : Left(stop), token).ConfigureAwait(false)
                ?? throw Fail($"Timeout ({length}) during fishForMessage<{typeof(T).Name}>: {seen} messages passed over{Suffix(hint)}");
            if (taken.Message is T typed && isMessage(typed)) return typed;
            passed?.Add(taken.Message);
            seen++;
        }
    }
}
