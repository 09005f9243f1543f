using System.Text;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Secrets;

/// <summary>
/// Settles where the shared secret comes from: environment, file named in the configuration, configuration, and for tokens the file in the home, which is
/// made when it is not there. A secret that is missing, unreadable or can be guessed keeps the daemon from starting.
/// </summary>
public sealed class SharedSecretSetup(NetclawHome home, Func<string, string?> environment, StartProblems problems)
{
    public const string TokenVariable = "NETCLAW_GATEWAY_TOKEN";
    public const string PasswordVariable = "NETCLAW_GATEWAY_PASSWORD";

    private const string Hidden = "***";

    /// <returns>Null, with the problem added, when the auth mode wants a secret and there is none to be had.</returns>
    public SharedSecretSource? Settle(AuthOptions settings) => settings.Mode switch
    {
        AuthMode.Token when environment(TokenVariable) is { Length: > 0 } text => Given(TokenVariable, text, isToken: true),
        AuthMode.Token when settings.TokenFile is { } path => Kept("auth.tokenFile", path, isToken: true),
        AuthMode.Token when settings.Token is { } token => Given("auth.token", token.Reveal(), isToken: true),
        AuthMode.Token => InHome(),
        AuthMode.Password when environment(PasswordVariable) is { Length: > 0 } text => Given(PasswordVariable, text, isToken: false),
        AuthMode.Password when settings.PasswordFile is { } path => Kept("auth.passwordFile", path, isToken: false),
        AuthMode.Password when settings.Password is { } password => Given("auth.password", password.Reveal(), isToken: false),
        AuthMode.Password => Refuse("auth.password", null,
            $"auth.mode is \"password\", and there is none. Write it into a file of mode 0600 and name that in auth.passwordFile, or set {PasswordVariable}."),
        AuthMode.TrustedProxy or AuthMode.None => new SharedSecretSource.Nothing(),
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Mode, "no such auth mode"),
    };

    /// <summary>What this process starts does not inherit them. Whoever may read this process's memory still can.</summary>
    public static void ForgetEnvironment()
    {
        Environment.SetEnvironmentVariable(TokenVariable, null);
        Environment.SetEnvironmentVariable(PasswordVariable, null);
    }

    /// <summary>Where <c>auth.tokenFile</c> and <c>auth.passwordFile</c> point to: relative paths begin at the home.</summary>
    public static string PathOf(NetclawHome home, string named) => Path.GetFullPath(named, home.Root);

    private SharedSecretSource.Given? Given(string key, string text, bool isToken)
    {
        var secret = SecretText.Read(text, out var wrong);
        var problem = secret is null ? wrong : isToken ? SecretText.Weakness(secret) : null;
        if (problem is null)
        {
            return new SharedSecretSource.Given(key, SecretDigest.Of(secret!));
        }

        Refuse(key, Hidden, $"What is set there {problem}. {Way(isToken)}");
        return null;
    }

    private SharedSecretSource.Kept? Kept(string key, string named, bool isToken)
    {
        var path = PathOf(home, named);
        if (SecretFile.Open(path, isToken, out var wrong) is not null)
        {
            return new SharedSecretSource.Kept(path, isToken);
        }

        Refuse(key, named, $"{char.ToUpperInvariant(wrong[0])}{wrong[1..]}. {Way(isToken)}");
        return null;
    }

    private SharedSecretSource.Kept? InHome()
    {
        var path = home.GatewayTokenFile;
        if (PrivateFile.Read(path) is PrivateFileResult.Missing && !Made(path))
        {
            return null;
        }

        if (SecretFile.Open(path, isToken: true, out var wrong) is not null)
        {
            return new SharedSecretSource.Kept(path, IsToken: true);
        }

        problems.Add(RefusalCode.KeyUnreadable, $"{char.ToUpperInvariant(wrong[0])}{wrong[1..]}.", "netclaw auth rotate");
        return null;
    }

    private bool Made(string path)
    {
        try
        {
            PrivateFile.CreateAtomically(path, Encoding.ASCII.GetBytes(SecretText.NewToken() + "\n"));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(RefusalCode.HomeNotWritable, $"{path} cannot be written: {e.Message}", DiskTrouble.Remedy(e, home.KeysDirectory));
            return false;
        }
    }

    private static string Way(bool isToken) => isToken
        ? "Take it out to have Netclaw make one, or set at least 128 random bits (openssl rand -base64 32 | tr '+/' '-_')."
        : "Put one line of text there, in a file that only the daemon's user can read.";

    private SharedSecretSource? Refuse(string key, string? value, string message)
    {
        problems.Add(new StartProblem(RefusalCode.ConfigInvalid, message, Key: key, Value: value));
        return null;
    }
}
