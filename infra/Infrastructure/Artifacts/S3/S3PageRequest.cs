using System.Globalization;
using System.Xml.Linq;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Asks for objects after a key, a thousand at most (<c>ListObjectsV2</c> with <c>start-after</c>), which the client library cannot.</summary>
internal sealed class S3PageRequest(S3Connection connection, S3Options options, TimeProvider time)
{
    private const int MostPerPage = 1000;

    /// <summary>The first objects whose keys start with the prefix and come after another.</summary>
    public async Task<S3Page> SendAsync(string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["list-type"] = "2", ["max-keys"] = MostPerPage.ToString(CultureInfo.InvariantCulture), ["prefix"] = prefix };
        if (startAfter is not null)
            parameters["start-after"] = startAfter;
        var address = new Uri($"{options.Endpoint.TrimEnd('/')}/{options.Bucket}?{S3Signature.Query(parameters)}");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        S3Signature.Sign(request, S3Credentials.AccessKey(options), S3Credentials.SecretKey(options), options.Region, time.GetUtcNow());
        using var response = await connection.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return Read((await XDocument.LoadAsync(body, LoadOptions.None, cancellationToken)).Root!);
    }

    private static S3Page Read(XElement answer)
    {
        // Not every server writes the name space.
        var space = answer.Name.Namespace;
        var entries = answer.Elements(space + "Contents").Select(e => new S3Entry(
            e.Element(space + "Key")!.Value,
            long.Parse(e.Element(space + "Size")!.Value, CultureInfo.InvariantCulture),
            DateTimeOffset.Parse(e.Element(space + "LastModified")!.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)));
        return new S3Page([.. entries], answer.Element(space + "IsTruncated")?.Value != "true");
    }
}
