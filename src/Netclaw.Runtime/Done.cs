namespace Akka;

/// <summary>Says that something is done, where a value is asked for.</summary>
public sealed class Done
{
    /// <summary>The only instance.</summary>
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
