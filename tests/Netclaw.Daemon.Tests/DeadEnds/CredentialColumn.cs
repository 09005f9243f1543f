namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>One credential: who types, and what stands behind every command so that it reaches the gateway with it.</summary>
internal sealed record CredentialColumn(string Name, Func<Stage, Task<(Person Who, string[] Options)>> TakeAsync)
{
    public const string Control = "control socket";

    public static IReadOnlyList<CredentialColumn> All { get; } =
    [
        new(Control, stage => Of(stage.Owner)),
        new("host key", stage => Of(stage.Owner, "--url", stage.Url)),
        new("paired device", async stage => (await stage.PairedAsync(), [])),
        new("shared token", stage => Of(stage.WithToken(), "--url", stage.Url)),
        new("spawn credential", stage => Of(stage.Spawned())),
        new("none", stage => Of(stage.Stranger(), "--url", stage.Url)),
    ];

    private static Task<(Person, string[])> Of(Person who, params string[] options) => Task.FromResult((who, options));
}
