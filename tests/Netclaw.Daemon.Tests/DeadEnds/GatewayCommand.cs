namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>A command that asks the gateway, with what to type behind its name.</summary>
internal sealed record GatewayCommand(string Name, Func<Stage, Task<string[]>> ArgumentsAsync)
{
    /// <summary>All of them; a command that is new and neither here nor a <see cref="HomeCommand"/> fails a test.</summary>
    public static IReadOnlyList<GatewayCommand> All { get; } =
    [
        Plain("status"),
        Plain("connections list"),
        Plain("sessions list"),
        new("sessions history", async stage => [await stage.ConversationAsync()]),
        new("sessions send", async stage => [await stage.ConversationAsync(), "hello"]),
        new("sessions cancel", async stage => [await stage.ConversationAsync()]),
        new("sessions rename", async stage => [await stage.ConversationAsync(), "kitchen"]),
        new("sessions delete", async stage => [await stage.ConversationAsync(), "--yes"]),
        new("chat", async stage => ["--session", await stage.ConversationAsync(), "-p", "hello"]),
        Plain("daemon pair"),
        Plain("daemon devices"),
        Plain("devices list"),
        new("devices approve", async stage => await stage.WaitingAsync() is var (id, symbols) ? [id, "--symbols", symbols] : []),
        new("devices reject", async stage => [(await stage.WaitingAsync()).Id]),
        new("devices revoke", async stage => [await stage.DeviceAsync(), "--yes"]),
        new("devices rename", async stage => [await stage.DeviceAsync(), "kitchen"]),
        new("devices scopes", async stage => [await stage.DeviceAsync(), "--set", "read"]),
        new("devices rotate", async stage => [await stage.DeviceAsync()]),
        new("devices confirm", _ => Task.FromResult<string[]>(["--all"])),
        new("cron add", _ => Task.FromResult<string[]>(["--every", "1d", "--remind", "tea is ready"])),
        Plain("cron list"),
        new("cron show", async stage => [await stage.JobAsync()]),
        new("cron run", async stage => [await stage.JobAsync()]),
        Plain("cron runs"),
        new("cron enable", async stage => [await stage.JobAsync()]),
        new("cron disable", async stage => [await stage.JobAsync()]),
        new("cron remove", async stage => [await stage.JobAsync()]),
        Plain("nodes list"),
        new("nodes describe", async stage => [await stage.NodeAsync()]),
        new("nodes invoke", async stage => [await stage.LendingNodeAsync(), "device.info"]),
        new("nodes invite", _ => Task.FromResult<string[]>(["--public-url", "http://192.0.2.1:1"])),
        new("nodes approve", async stage => [await stage.AskingNodeAsync()]),
        new("nodes reject", async stage => [await stage.AskingNodeAsync()]),
        new("nodes rename", async stage => [await stage.NodeAsync(), "attic"]),
        new("nodes remove", async stage => [await stage.NodeAsync(), "--yes"]),
        new("spawn", _ => Task.FromResult<string[]>(["--", "true"])),
        Plain("runs list"),
        new("runs show", async stage => [await stage.RunAsync()]),
        new("runs cancel", async stage => [await stage.RunAsync()]),
        Plain("approvals list"),
        new("approvals allow", async stage => [await stage.QuestionAsync()]),
        new("approvals deny", async stage => [await stage.QuestionAsync()]),
        Plain("devices auto-approve status"),
        Plain("devices auto-approve confirm"),
    ];

    private static GatewayCommand Plain(string name) => new(name, _ => Task.FromResult(Array.Empty<string>()));
}
