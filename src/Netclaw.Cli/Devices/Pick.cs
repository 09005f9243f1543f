using System.Collections.Immutable;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Devices;

/// <summary>Finds the one request or device that somebody means: its id, the start of its id, or its name. Never guesses between two.</summary>
internal static class Pick
{
    /// <summary>A whole id that is not on the list is passed on: the gateway knows what became of it.</summary>
    public static (PairingRequestId Id, PendingPairing? Pending) Request(string typed, ImmutableArray<PendingPairing> pending)
    {
        var found = One(typed, pending, request => request.RequestId.ToString(), request => request.Name, request => $"{request.RequestId} ({request.Name})");
        if (found is not null)
        {
            return (found.RequestId, found);
        }

        var waiting = pending.IsEmpty ? "None is waiting." : $"Waiting: {string.Join(", ", pending.Select(request => $"{request.RequestId} ({request.Name})"))}.";
        return PairingRequestId.TryParse(typed, out var id)
            ? (id, null)
            : throw new CommandFailure(RefusalCode.PairingRequestNotFound, $"No pairing request matches '{typed}'. {waiting}");
    }

    public static PairedDevice Device(string typed, ImmutableArray<PairedDevice> devices) =>
        One(typed, devices, device => device.DeviceId.ToString(), device => device.Name, device => $"{device.DeviceId.Short} ({device.Name})")
        ?? throw new CommandFailure(RefusalCode.DeviceNotFound, NotFound(typed, devices));

    /// <summary>An imported device that waits for its key; null when it is none that was meant.</summary>
    public static LegacyDeviceRow? Legacy(string typed, PairListResult list)
    {
        ImmutableArray<Choice> all =
        [
            .. list.Paired.Select(device => new Choice(device.DeviceId.ToString(), device.Name, $"{device.DeviceId.Short} ({device.Name})", null)),
            .. (list.Legacy ?? []).Select(legacy => new Choice(legacy.LegacyId.ToString(), legacy.Name, $"{legacy.LegacyId} ({legacy.Name})", legacy)),
        ];
        return One(typed, all, choice => choice.Id, choice => choice.Name, choice => choice.Shown)?.Legacy;
    }

    private sealed record Choice(string Id, string Name, string Shown, LegacyDeviceRow? Legacy);

    private static string NotFound(string typed, ImmutableArray<PairedDevice> devices)
    {
        var nearest = NearestName.To(typed, devices.Select(device => device.Name));
        return $"No paired device matches '{typed}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}";
    }

    /// <summary>What stands on all pages: the one that is meant may be on any of them, and two that match on two.</summary>
    /// <param name="page">The page from an offset on, and the offset of the next; null: it is the last.</param>
    internal static async Task<ImmutableArray<T>> OfAllPagesAsync<T>(Func<int, Task<(ImmutableArray<T> Items, int? Next)>> page)
    {
        var all = ImmutableArray.CreateBuilder<T>();
        for (int? offset = 0; offset is { } from;)
        {
            (var items, offset) = await page(from);
            all.AddRange(items);
        }

        return all.ToImmutable();
    }

    /// <summary>A whole id wins, then a whole name, then the start of an id.</summary>
    internal static T? One<T>(string typed, ImmutableArray<T> items, Func<T, string> id, Func<T, string> name, Func<T, string> show) where T : class
    {
        foreach (var matches in (Func<T, bool>[])
            [item => id(item) == typed, item => name(item) == typed, item => typed.Length > 0 && StartsId(id(item), typed)])
        {
            var found = items.Where(matches).ToArray();
            if (found.Length == 1)
            {
                return found[0];
            }

            if (found.Length > 1)
            {
                throw new CommandFailure(
                    RefusalCode.AmbiguousName, $"'{typed}' matches {found.Length}: {string.Join(", ", found.Select(show))}. Write more of the id.");
            }
        }

        return null;
    }

    /// <summary>With or without the <c>d_</c>, <c>l_</c> or <c>r_</c> in front.</summary>
    private static bool StartsId(string id, string typed) =>
        id.StartsWith(typed, StringComparison.Ordinal) || id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..].StartsWith(typed, StringComparison.Ordinal);
}
