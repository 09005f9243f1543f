using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>The daemons of one auth mode, one in each exposure; started once, and shared by all that is tried there.</summary>
public abstract class MatrixPlaces(string auth) : IAsyncLifetime
{
    private readonly Place[] _places =
        [.. MatrixTable.Combinations.Where(one => one.Auth == auth && (!one.IsReverseProxy || ProxyProgram.Nginx.IsInstalled)).Select(one => new Place(one))];

    /// <summary>The check holds there; or no daemon starts there, and says why not.</summary>
    internal Task HoldsAsync(string exposure, string check)
    {
        var place = In(exposure);
        if (place.Combination.Starts)
        {
            return MatrixChecks.HoldsAsync(place, check);
        }

        RefusesToStart(place);
        return Task.CompletedTask;
    }

    internal Place In(string exposure) => _places.Single(one => one.Combination.Exposure == exposure);

    public Task InitializeAsync() => Task.WhenAll(_places.Select(place => place.StartAsync()));

    public async Task DisposeAsync() => await Task.WhenAll(_places.Select(place => place.DisposeAsync().AsTask()));

    private static void RefusesToStart(Place place)
    {
        var refusal = place.Refusal!.Expect(ExitCodes.Config).JsonError();
        Assert.Equal("config_invalid", refusal.GetProperty("code").GetString());
        Assert.Equal(place.Combination.RefusedFor, refusal.GetProperty("details").GetProperty("key").GetString());
        Assert.False(File.Exists(place.Machine.Home.ControlSocket), "a daemon listens");
    }
}
