namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary><c>auth.mode</c> <c>token</c> in every exposure.</summary>
public sealed class TokenMatrixTests(TokenMatrixTests.Places places) : IClassFixture<TokenMatrixTests.Places>
{
    [Theory]
    [Cells("token")]
    public Task Cell_IsGreen(string exposure, string check) => places.HoldsAsync(exposure, check);

    [BehindNginxTheory]
    [Cells("token", behindProxy: true)]
    public Task CellBehindAProxy_IsGreen(string exposure, string check) => places.HoldsAsync(exposure, check);

    public sealed class Places() : MatrixPlaces("token");
}
