using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Xml;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>The one place where errors of requests become errors of the store.</summary>
internal static class S3Errors
{
    /// <summary>The failed request behind an exception, or null when it is about something else, such as the local disk.</summary>
    public static S3RequestException? Classify(string what, Exception exception) => exception switch
    {
        S3RequestException request => request,
        HttpRequestException { InnerException: S3RequestException request } => request,
        StoreUnavailableException => null,
        HttpRequestException or HttpIOException or EndOfStreamException or SocketException or IOException { InnerException: SocketException } =>
            new S3RequestException(status: null, "NoAnswer", $"{what}: {Innermost(exception).Message}", exception),
        // Cut off in the middle of a listing.
        XmlException => new S3RequestException(status: null, "NoAnswer", $"{what}: the answer is incomplete", exception),
        _ => null,
    };

    /// <summary>What callers of the store see: what happened, and which setting to look at.</summary>
    public static StoreUnavailableException Explain(S3RequestException error, S3Options options) =>
        new($"The object store {options.Endpoint} failed: {error.Message}.", RemedyOf(error, options), error);

    private static string RemedyOf(S3RequestException error, S3Options options) => error switch
    {
        { Code: S3RequestException.NoSuchBucket } => $"Create the bucket '{options.Bucket}' or name another (S3:Bucket).",
        { Code: "InvalidAccessKeyId" } => "The server does not know the access key: check S3:AccessKeyFile or S3:AccessKey.",
        { Code: "SignatureDoesNotMatch" } => "The secret key is wrong: check S3:SecretKeyFile or S3:SecretKey.",
        { Code: S3RequestException.RequestTimeTooSkewed } => "Set this machine's clock.",
        { Code: "AuthorizationHeaderMalformed" } => $"Check S3:Region, which is '{options.Region}'.",
        { Code: "QuotaExceeded" or "EntityTooLarge" or "XMinioStorageFull" } => "Free space in the bucket or raise its quota.",
        { Status: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } =>
            $"Check S3:AccessKeyFile and S3:SecretKeyFile, and that this key may list, read, write and delete in the bucket '{options.Bucket}'.",
        { InnerException: { } inner } when Innermost(inner) is AuthenticationException =>
            "Check the server's certificate, or name the authority that signed it (S3:CertificateAuthorityFile).",
        { IsTransient: true } => "It is tried again; if that does not help, check that the server runs and that S3:Endpoint is right.",
        _ => "Check the section S3 of the configuration.",
    };

    private static Exception Innermost(Exception exception) =>
        exception.InnerException is { } inner ? Innermost(inner) : exception;
}
