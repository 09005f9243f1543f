namespace Netclaw.Protocol.Tests;

/// <summary>A test that has to make things belong to somebody else; without root it is skipped, by name.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Foreign.IsPossible)
        {
            Skip = "needs root: gives files and processes to another user";
        }
    }
}
