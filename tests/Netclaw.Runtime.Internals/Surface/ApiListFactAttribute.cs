namespace Netclaw.Runtime.Internals.Surface;

/// <summary>A fact that runs where the list of the published API lies beside the checkout, and is skipped by name elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ApiListFactAttribute : FactAttribute
{
    public ApiListFactAttribute()
    {
        if (ApiList.Find() is null) Skip = $"{ApiList.RelativePath} does not lie beside the checkout or above it.";
    }
}
