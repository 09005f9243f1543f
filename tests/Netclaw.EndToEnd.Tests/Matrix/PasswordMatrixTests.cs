namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary><c>auth.mode</c> <c>password</c> in every exposure.</summary>
public sealed class PasswordMatrixTests(PasswordMatrixTests.Places places) : IClassFixture<PasswordMatrixTests.Places>
{
    [Theory]
    [Cells("password")]
    public Task Cell_IsGreen(string exposure, string check) => places.HoldsAsync(exposure, check);

    [BehindNginxTheory]
    [Cells("password", behindProxy: true)]
    public Task CellBehindAProxy_IsGreen(string exposure, string check) => places.HoldsAsync(exposure, check);

    public sealed class Places() : MatrixPlaces("password");
}
