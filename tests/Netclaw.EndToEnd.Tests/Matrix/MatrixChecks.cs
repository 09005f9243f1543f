using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>What has to hold wherever a daemon starts. Each has a conversation of its own, so that one daemon serves them all.</summary>
internal static class MatrixChecks
{
    public static Task HoldsAsync(Place place, string check) => check switch
    {
        "reminder" => ReminderArrivesAsync(place),
        "spawn" => ChildCallsBackAsync(place),
        "agent" => AgentAnswersAsync(place),
        "node" => RefusedAsync(place, Role.Node, place.Combination.Nodes),
        "credential" => BadCredentialsAsync(place),
        _ => throw new ArgumentOutOfRangeException(nameof(check), check, "no such check"),
    };

    /// <summary>A job of the owner's fires; the owner and a device that comes from outside hear of it.</summary>
    private static async Task ReminderArrivesAsync(Place place)
    {
        const string Conversation = "agent:main:main";
        await using var owner = await Subscriber.OwnerAsync(place, Conversation);
        await using var device = await Subscriber.DeviceAsync(place, Conversation);

        var job = (await place.Machine.JsonAsync("cron", "add", "--every", "1s", "--remind", "tea is ready")).GetProperty("id").GetString()!;

        await owner.HearsAsync("tea is ready");
        await device.HearsAsync("tea is ready");
        await place.AskAsync("cron.remove", $$"""{"id":"{{job}}"}""");
    }

    /// <summary>A child reaches the gateway with nothing but what it was given, on the control socket and at the bound address; its end is told.</summary>
    private static async Task ChildCallsBackAsync(Place place)
    {
        const string Conversation = "agent:main:spawn";
        await using var owner = await Subscriber.OwnerAsync(place, Conversation);
        var script = $"{Executables.CommandLine} status --json && NETCLAW_URL={place.Machine.Url} {Executables.CommandLine} status --json";

        var spawned = (await place.Machine.RunAsync("spawn", "--wait", "--json", "--session", Conversation, "--label", "look", "--", "/bin/sh", "-c", script)).Expect(ExitCodes.Ok).Json();

        var ways = spawned.GetProperty("output").GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line)).Select(status => status.GetProperty("you").GetProperty("method").GetString());
        Assert.Equal(["spawn", "spawn"], ways);
        await owner.HearsAsync($"{spawned.GetProperty("runId").GetString()} (look) is done");
    }

    private static async Task AgentAnswersAsync(Place place) =>
        Assert.Equal("You said: good morning", (await place.Machine.RunAsync("chat", "--session", "agent", "-p", "good morning")).Expect(ExitCodes.Ok).Out.Trim());

    private static async Task BadCredentialsAsync(Place place)
    {
        await RefusedAsync(place, Role.Operator, place.Combination.Strangers);
        if (place.Combination.Opens is { } right)
        {
            var welcome = await Visitor.TryAsync(place, right, Role.Operator);
            Assert.True(welcome.Code == "ok", $"{place.Combination}: {right} got {welcome.Code}");
            Assert.Equal(place.Combination.Auth, welcome.Method);
        }
    }

    private static async Task RefusedAsync(Place place, Role role, Attempt[] attempts)
    {
        Assert.NotEmpty(attempts);
        List<string> wrong = [];
        foreach (var attempt in attempts)
        {
            var answer = (await Visitor.TryAsync(place, attempt, role)).Code;
            wrong.AddRange(answer == attempt.Answer ? [] : [$"{attempt}: {answer} instead of {attempt.Answer}"]);
        }

        Assert.True(wrong.Count == 0, $"{place.Combination}, {role}\n{string.Join('\n', wrong)}");
    }
}
