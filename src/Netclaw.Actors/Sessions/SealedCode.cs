using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>What a stretched pairing code is sealed for: the one code, so that one record's secret opens under no other.</summary>
public static class SealedCode
{
    public static string Purpose(PairingCodeId code) => $"netclaw-code|{code}";
}
