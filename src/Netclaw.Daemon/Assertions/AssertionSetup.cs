using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Assertions;

/// <summary>Where the keys of <c>auth.trustedProxy.assertion</c> are kept: an https url, or a file whose relative path begins at the home.</summary>
internal static class AssertionSetup
{
    private const string Key = "auth.trustedProxy.assertion.keySet";

    /// <summary>Null where assertions are not asked for.</summary>
    public static AssertionOptions? Wanted(AuthOptions auth) => auth.Mode == AuthMode.TrustedProxy ? auth.TrustedProxy.Assertion : null;

    /// <summary>A file has to be there at start; a url is asked when the first assertion comes.</summary>
    public static void Check(NetclawHome home, AuthOptions auth, StartProblems problems)
    {
        if (Wanted(auth) is { } options && UrlOf(options) is null && KeySetFile.Open(PathOf(home, options), out var wrong) is null)
        {
            problems.Add(new StartProblem(
                RefusalCode.ConfigInvalid, $"{char.ToUpperInvariant(wrong![0])}{wrong[1..]}. Put the proxy's key set (RFC 7517) there, with RSA keys of 2048 bits or more, or P-256 or P-384 keys.",
                Key: Key, Value: options.KeySet));
        }
    }

    public static IAssertionVerifier Open(NetclawHome home, AssertionOptions options, IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Netclaw.Assertions");
        IKeySource keys = UrlOf(options) is { } url
            ? new KeySetUrl(url, services.GetRequiredService<AssertionHttp>(), time, log)
            : new KeySetFile(PathOf(home, options), time, log);
        return new AssertionVerifier(options, keys, time);
    }

    private static Uri? UrlOf(AssertionOptions options) =>
        Uri.TryCreate(options.KeySet, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps ? url : null;

    private static string PathOf(NetclawHome home, AssertionOptions options) => Path.GetFullPath(options.KeySet, home.Root);
}
