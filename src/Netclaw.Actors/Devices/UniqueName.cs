using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>Two devices never share a name: the second <c>phone</c> is <c>phone (2)</c>.</summary>
internal static class UniqueName
{
    /// <summary>
    /// <paramref name="wanted"/>, or with a number behind it that is free. The number is found by doubling and halving, so that
    /// ten thousand devices of one name cost a dozen look-ups each; it need not be the smallest.
    /// </summary>
    public static string Choose(string wanted, DeviceId self, ImmutableDictionary<string, DeviceId> names)
    {
        if (IsFree(wanted))
        {
            return wanted;
        }

        var (taken, free) = (1, 2);
        while (!IsFree(Numbered(wanted, free)))
        {
            (taken, free) = (free, free * 2);
        }

        while (free - taken > 1)
        {
            var middle = taken + (free - taken) / 2;
            (taken, free) = IsFree(Numbered(wanted, middle)) ? (taken, middle) : (middle, free);
        }

        return Numbered(wanted, free);

        bool IsFree(string name) => !names.TryGetValue(name, out var owner) || owner == self;
    }

    private static string Numbered(string name, int number)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $" ({number})");
        return TextCut.To(name, DeviceName.MaximumLength - suffix.Length).TrimEnd() + suffix;
    }
}
