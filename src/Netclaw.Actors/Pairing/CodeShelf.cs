using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>Keeps the issued codes bounded. Time comes from the events alone, so that a replay forgets the same ones.</summary>
internal static class CodeShelf
{
    public static void Add(ImmutableDictionary<PairingCodeId, IssuedCode>.Builder codes, IssuedCode code, DateTimeOffset now)
    {
        var forgotten = codes.Values.Where(old => old.IsForgotten(now)).Select(old => old.Id).ToArray();
        codes.RemoveRange(forgotten);
        codes.Add(code.Id, code);
        while (codes.Count > IssuedCode.MaximumKept)
        {
            codes.Remove(FirstToGo(codes.Values, now).Id);
        }
    }

    private static IssuedCode FirstToGo(IEnumerable<IssuedCode> codes, DateTimeOffset now) =>
        codes.MinBy(code => (code.IsLive(now), code.ExpiresAt, code.Id.ToString()))!;
}
