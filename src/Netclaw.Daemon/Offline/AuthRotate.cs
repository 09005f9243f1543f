using System.Text;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <param name="File">Where the new token is; a daemon that runs takes it with the next connection.</param>
/// <param name="ClosesOld">Whether a running daemon also closes what the old one had opened.</param>
internal sealed record AuthRotated(string File, bool ClosesOld);

/// <summary>Replaces the shared token by a fresh one. It writes beside a running daemon on purpose: that is who it is for. The token itself is never said.</summary>
internal sealed class AuthRotate : IOfflineVerb
{
    public string Name => "auth-rotate";

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        var config = ConfigFile.Read(call.Home.ConfigFile, null, call.Machine);
        if (Target(call, config.Options.Auth) is { } path)
        {
            Write(call, path, config.Options.Auth.CloseOnRotate);
        }

        return Task.FromResult(ExitCodes.Ok);
    }

    private static string? Target(OfflineCall call, AuthOptions auth) => auth switch
    {
        { Mode: AuthMode.Password } => Refuse(call, "auth.passwordFile", "auth.mode is \"password\": people choose it. Write the new one into the file that auth.passwordFile names."),
        { Mode: not AuthMode.Token } => Refuse(call, "auth.mode", $"auth.mode is \"{auth.Mode.Name()}\", which shares no secret."),
        _ when !string.IsNullOrEmpty(call.Environment(SharedSecretSetup.TokenVariable)) => Refuse(call, SharedSecretSetup.TokenVariable,
            "The token comes from the environment. Set another one there, and start the daemon again."),
        { TokenFile: { } named } => SharedSecretSetup.PathOf(call.Home, named),
        { Token: not null } => Refuse(call, "auth.token", "The token is written into netclaw.json. Take it out, start the daemon again, and Netclaw keeps one in a file of its own."),
        _ => call.Home.GatewayTokenFile,
    };

    private static void Write(OfflineCall call, string path, bool closesOld)
    {
        try
        {
            PrivateFile.WriteAtomically(path, Encoding.ASCII.GetBytes(SecretText.NewToken() + "\n"));
            call.Say(new AuthRotated(path, closesOld), OfflineJson.Readable.AuthRotated);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            call.Problems.Add(RefusalCode.HomeNotWritable, $"{path} cannot be written: {e.Message} Nothing was changed.", DiskTrouble.Remedy(e, Path.GetDirectoryName(path)!));
        }
    }

    private static string? Refuse(OfflineCall call, string key, string message)
    {
        call.Problems.Add(new Start.StartProblem(RefusalCode.ConfigInvalid, message, "netclaw config show", Key: key));
        return null;
    }
}
