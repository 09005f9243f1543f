namespace Netclaw.EndToEnd.Tests.Recovering;

/// <summary>What an owner may wake up to, made for real; and what has to be true when the guide's commands have been typed.</summary>
/// <param name="Name">As the guide's comments have it.</param>
/// <param name="IsRunning">Whether the daemon runs when it is made.</param>
/// <param name="Refusal">The code with which a start is refused then; null: none is.</param>
internal sealed record Situation(string Name, bool IsRunning, string? Refusal, Func<Scene, Task> Make)
{
    /// <summary>After each block, counted from 0: what people do between the commands, and what they see there.</summary>
    public Func<Scene, int, Task> Between { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>At the end. Unless a pairing was to end, the host gets in, and so does the phone with all that it held.</summary>
    public Func<Scene, Task> IsOver { get; init; } = async scene =>
    {
        await scene.HostGetsInAsync();
        await scene.PhoneWasKeptAsync();
    };

    /// <summary>With the daemon down.</summary>
    public static Situation AtRest(string name, string? refusal, Action<Scene> make) => new(name, false, refusal, Made(make));

    /// <summary>While it runs.</summary>
    public static Situation Running(string name, Action<Scene> make) => new(name, true, null, Made(make));

    private static Func<Scene, Task> Made(Action<Scene> make) => scene =>
    {
        make(scene);
        return Task.CompletedTask;
    };
}
