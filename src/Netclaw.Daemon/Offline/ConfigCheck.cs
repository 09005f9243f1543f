using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Agents.OpenAi;
using Netclaw.Daemon.Assertions;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Secrets;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <param name="File">What was read.</param>
/// <param name="Exists">Without it, the defaults are in force.</param>
/// <param name="Ok">A daemon would start with it.</param>
internal sealed record ConfigChecked(
    string File, bool Exists, bool Ok, ImmutableArray<CheckedProblem> Problems, ImmutableArray<StartWarning> Warnings, ImmutableArray<OptIn> OptIns);

/// <param name="Code">As <c>netclaw explain</c> knows it.</param>
/// <param name="Remedy">What to write instead; null where the message says it.</param>
internal sealed record CheckedProblem(string Code, string? Key, string? Value, string Message, string? Remedy);

/// <summary>
/// Whether a daemon would start with a netclaw.json, and what its owner should know about it. Reads only; works with the daemon up or down, on the
/// home's own file or any other.
/// </summary>
internal sealed class ConfigCheck : IOfflineVerb
{
    public string Name => "config-check";

    public IReadOnlyList<string> Options => ["--file", "--listen"];

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        IPEndPoint? listen = null;
        if (call.Option("--listen") is { } text && !DaemonArguments.TryParseEndpoint(text, out listen))
        {
            call.Problems.Add(RefusalCode.UsageError, $"--listen wants ADDRESS:PORT, for example 127.0.0.1:5199; it was given \"{text}\".");
            return Task.FromResult(call.Problems.ExitCode);
        }

        var file = call.Option("--file") is { } named ? Path.GetFullPath(named) : call.Home.ConfigFile;
        var config = ConfigFile.Read(file, listen, call.Machine, mustExist: call.Option("--file") is not null);
        var found = Check(call, file, config);
        call.Say(found, OfflineJson.Readable.ConfigChecked);
        return Task.FromResult(!found.Ok ? ExitCodes.Config : found.Warnings.IsEmpty ? ExitCodes.Ok : ExitCodes.Warned);
    }

    /// <param name="config">What was read from <paramref name="file"/>.</param>
    public static ConfigChecked Check(OfflineCall call, string file, LoadedConfig config)
    {
        var secret = new StartProblems();
        CheckSecret(call, config.Options.Auth, secret);
        ProviderKey.Check(call.Home, config.Options.Agents, call.Environment, secret);
        ImmutableArray<CheckedProblem> problems = [.. config.Problems.Select(Shown), .. secret.Found.Select(Shown)];
        return new ConfigChecked(file, File.Exists(file), problems.IsEmpty, problems, ConfigWarnings.Of(config.Options), ConfigOptIns.Of(config.Options));
    }

    /// <summary>What a start needs of secrets and keys: all but a token of the home that is not there yet, which it would make.</summary>
    private static void CheckSecret(OfflineCall call, AuthOptions auth, StartProblems problems)
    {
        var isGenerated = auth is { Mode: AuthMode.Token, TokenFile: null, Token: null } && string.IsNullOrEmpty(call.Environment(SharedSecretSetup.TokenVariable));
        if (!isGenerated || File.Exists(call.Home.GatewayTokenFile))
        {
            _ = new SharedSecretSetup(call.Home, call.Environment, problems).Settle(auth);
        }

        AssertionSetup.Check(call.Home, auth, problems);
    }

    private static CheckedProblem Shown(ConfigProblem problem) =>
        new(RefusalTable.For(RefusalCode.ConfigInvalid).Name, problem.Key, problem.Value, problem.Wrong, problem.Remedy);

    private static CheckedProblem Shown(StartProblem problem) =>
        new(RefusalTable.For(problem.Code).Name, problem.Key, problem.Value, problem.Message, problem.Remedy);
}
