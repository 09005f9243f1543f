using System.Text;
using System.Text.Json;
using Netclaw.Protocol.Frames;

namespace Netclaw.Protocol.Tests.Frames;

public sealed class ErrorFormTests
{
    private static readonly string[] TopLevel = ["INVALID_REQUEST", "FORBIDDEN", "NOT_PAIRED", "UNAVAILABLE", "APPROVAL_NOT_FOUND"];

    public static TheoryData<RefusalCode> Codes => [.. Enum.GetValues<RefusalCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void EveryRefusal_HasAFormThatClientsKnow_AndNetclawsOwnWordsBesideIt(RefusalCode code)
    {
        var error = RefusalTable.Error(code, "seen");
        var form = ErrorForm.Of(error, "some.method");

        Assert.Contains(form.Code, TopLevel);
        Assert.NotEmpty(form.Message);
        Assert.Equal((error.Code, error.Remedy), (form.Details.NetclawCode, form.Details.Remedy));
        Assert.True(!error.Retryable || form.Retryable == true || form.Code != "UNAVAILABLE", "what may be tried again says so");
        Assert.InRange(Encoding.UTF8.GetByteCount(ErrorForm.CloseReason(error)), 0, 512);
    }

    [Theory]
    [InlineData(RefusalCode.DeviceSignatureExpired, "INVALID_REQUEST", "device signature expired", "DEVICE_AUTH_SIGNATURE_EXPIRED")]
    [InlineData(RefusalCode.DeviceIdentityRequired, "NOT_PAIRED", "device identity required", "DEVICE_IDENTITY_REQUIRED")]
    [InlineData(RefusalCode.DeviceTokenInvalid, "INVALID_REQUEST", "unauthorized: device token mismatch (rotate/reissue device token)", "AUTH_DEVICE_TOKEN_MISMATCH")]
    [InlineData(RefusalCode.AuthRateLimited, "INVALID_REQUEST", "unauthorized: too many failed authentication attempts (retry later)", "AUTH_RATE_LIMITED")]
    [InlineData(RefusalCode.TrustedProxyUserMissing, "INVALID_REQUEST", "unauthorized", "AUTH_UNAUTHORIZED")]
    [InlineData(RefusalCode.OriginNotAllowed, "INVALID_REQUEST", "origin not allowed (seen)", "CONTROL_UI_ORIGIN_NOT_ALLOWED")]
    [InlineData(RefusalCode.PairingRequired, "NOT_PAIRED", "pairing required: device is not approved yet", "PAIRING_REQUIRED")]
    [InlineData(RefusalCode.UnknownMethod, "INVALID_REQUEST", "unknown method: some.method", null)]
    public void Refusals_AreSaidAsClientsCompareThem(RefusalCode code, string top, string message, string? detail)
    {
        var form = ErrorForm.Of(RefusalTable.Error(code, "seen"), "some.method");

        Assert.Equal((top, message, detail), (form.Code, form.Message, form.Details.Code));
    }

    [Theory]
    [InlineData(AuthReason.TokenMissing, "AUTH_TOKEN_MISSING", "update_auth_configuration")]
    [InlineData(AuthReason.TokenMismatch, "AUTH_TOKEN_MISMATCH", "update_auth_credentials")]
    [InlineData(AuthReason.PasswordMissing, "AUTH_PASSWORD_MISSING", "update_auth_configuration")]
    [InlineData(AuthReason.PasswordMismatch, "AUTH_PASSWORD_MISMATCH", "update_auth_credentials")]
    public void Credentials_AreToldApart(string reason, string detail, string next)
    {
        var form = ErrorForm.Of(RefusalTable.Error(RefusalCode.Unauthorized, "seen", details: Json(new AuthDetails(reason))), "connect");

        Assert.Equal((detail, next, false), (form.Details.Code, form.Details.RecommendedNextStep, form.Details.CanRetryWithDeviceToken));
    }

    [Fact]
    public void WrongTokenBesideAKey_MayBeFollowedByTheDevicesOwn()
    {
        var form = ErrorForm.Of(RefusalTable.Error(RefusalCode.Unauthorized, "seen", details: Json(new AuthDetails(AuthReason.TokenMismatch, true))), "connect");

        Assert.Equal((true, "retry_with_device_token"), (form.Details.CanRetryWithDeviceToken, form.Details.RecommendedNextStep));
    }

    [Fact]
    public void WaitingForAnOperator_NamesTheRequest_AndLetsTheClientComeBackByItself()
    {
        Assert.True(PairingRequestId.TryParse("r_0123456789ab", out var request));
        Assert.True(DeviceId.TryParseHex(new string('a', 64), out var device));
        var details = new PairingDetails(request, device, "scope-upgrade", Role.Operator, ScopeSet.All, [Role.Operator], ScopeSet.ReadWrite);
        var error = RefusalTable.Error(RefusalCode.PairingRequired, "seen", details: JsonSerializer.SerializeToElement(details, GatewayDetailsJson.Default.PairingDetails));

        var form = ErrorForm.Of(error, "connect");

        Assert.Equal(
            ("PAIRING_REQUIRED", "scope-upgrade", "r_0123456789ab", new string('a', 64), "wait_then_retry", true, false),
            (form.Details.Code, form.Details.Reason, form.Details.RequestId, form.Details.DeviceId, form.Details.RecommendedNextStep, form.Details.Retryable, form.Details.PauseReconnect));
        Assert.Equal("pairing required: device is asking for more scopes than currently approved (requestId: r_0123456789ab)", ErrorForm.CloseReason(error));
    }

    private static JsonElement Json(AuthDetails details) => JsonSerializer.SerializeToElement(details, GatewayDetailsJson.Default.AuthDetails);
}
