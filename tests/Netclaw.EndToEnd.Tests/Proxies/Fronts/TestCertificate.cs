using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>A certificate for one address, signed by itself, in the files that the ready-made configurations name.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly X509Certificate2 _certificate;

    private TestCertificate(X509Certificate2 certificate, string file)
    {
        _certificate = certificate;
        File = file;
    }

    /// <summary>PEM; as SSL_CERT_FILE it makes a process trust this certificate and no other.</summary>
    public string File { get; }

    public static TestCertificate Write(string folder, IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=netclaw test proxy", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        var pem = certificate.ExportCertificatePem();
        System.IO.File.WriteAllText(Path.Combine(folder, "tls.crt"), pem);
        System.IO.File.WriteAllText(Path.Combine(folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
        System.IO.File.WriteAllText(Path.Combine(folder, "tls.pem"), pem + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return new TestCertificate(certificate, Path.Combine(folder, "tls.crt"));
    }

    /// <summary>Accepts this very certificate.</summary>
    public async Task<SslStream> SecureAsync(Stream stream, string host)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = host,
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(_certificate.RawData),
        });
        return secure;
    }

    public void Dispose() => _certificate.Dispose();
}
