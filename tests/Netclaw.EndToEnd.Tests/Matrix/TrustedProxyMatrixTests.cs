namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary><c>auth.mode</c> <c>trusted-proxy</c> in every exposure.</summary>
public sealed class TrustedProxyMatrixTests(TrustedProxyMatrixTests.Places places) : IClassFixture<TrustedProxyMatrixTests.Places>
{
    [Theory]
    [Cells("trusted-proxy")]
    public Task Cell_IsGreen(string exposure, string check) => places.HoldsAsync(exposure, check);

    [BehindNginxTheory]
    [Cells("trusted-proxy", behindProxy: true)]
    public Task CellBehindAProxy_IsGreen(string exposure, string check) => places.HoldsAsync(exposure, check);

    public sealed class Places() : MatrixPlaces("trusted-proxy");
}
