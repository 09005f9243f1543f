using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Explaining;
using Netclaw.Daemon.Accounts;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Schema;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>Questions to the policy, read as the daemon reads its connections and its netclaw.json.</summary>
internal static class PolicyQuestions
{
    public static QuestionReader Reader(IAccounts accounts, uint owner)
    {
        var config = ConfigSchema.Of(ConfigFile.Empty().Keys);
        foreach (var name in (string[])["$schema", "title", "description"])
        {
            config.Remove(name);
        }

        return new QuestionReader(new PolicyConfig(accounts, owner), config, NearestKey.To);
    }
}

/// <summary>What the policy answers to the questions on stdin.</summary>
internal sealed class PolicyExplainVerb : IOfflineVerb
{
    public string Name => "policy-explain";

    public IReadOnlyList<string> Options => ["--form"];

    public async Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (call.Option("--form") is { } form and not ("json" or "text"))
        {
            call.Problems.Add(RefusalCode.UsageError, $"--form wants json or text; it was given \"{form}\".");
            return call.Problems.ExitCode;
        }

        var stream = new ExplainStream(TrustPolicy.Default, PolicyQuestions.Reader(call.Machine.Accounts, UserId.Current), asText: call.Option("--form") == "text");
        return await stream.RunAsync(call.Input, call.Output, cancellation).ConfigureAwait(false) == 0 ? ExitCodes.Ok : ExitCodes.Usage;
    }
}

/// <summary>The JSON Schema of a question.</summary>
internal sealed class PolicySchemaVerb : IOfflineVerb
{
    public string Name => "policy-schema";

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        call.Say(PolicyQuestions.Reader(call.Machine.Accounts, UserId.Current).Schema(), OfflineJson.Readable.JsonObject);
        return Task.FromResult(ExitCodes.Ok);
    }
}
