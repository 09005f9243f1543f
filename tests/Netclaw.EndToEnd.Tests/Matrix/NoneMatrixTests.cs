namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary><c>auth.mode</c> <c>none</c> in every exposure: it serves this machine, and nowhere else a daemon starts with it.</summary>
public sealed class NoneMatrixTests(NoneMatrixTests.Places places) : IClassFixture<NoneMatrixTests.Places>
{
    [Theory]
    [Cells("none")]
    public Task Cell_IsGreen(string exposure, string check) => places.HoldsAsync(exposure, check);

    public sealed class Places() : MatrixPlaces("none");
}
