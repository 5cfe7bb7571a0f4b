using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Uploads;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Artifacts.S3;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Adoption;

/// <summary>Takes an object of another bucket into the store as an upload is taken: whole, hashed on the way, looked at. What becomes of the object afterwards changes nothing.</summary>
internal sealed class Adopter(AdoptableObjects objects, IArtifactStore artifacts, IOptions<GatewayOptions> options)
{
    private const string Extension = ".safetensors";
    private const int MostListed = 1000;
    private readonly HashSet<string> _allowed = new(options.Value.Buckets.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    /// <exception cref="DomainException">The bucket is not one of those that are read.</exception>
    public void EnsureAllowed(SourceAddress source)
    {
        if (!_allowed.Contains(source.Bucket))
            throw new DomainException("bucket-not-allowed", $"The bucket '{source.Bucket}' is none that this gateway reads.", "Upload the file, or have Gateway:Buckets name the bucket.");
    }

    /// <summary>Copies an object into the store and returns what it is there.</summary>
    /// <exception cref="DomainException">It is not there, not allowed, another one, or no sound file.</exception>
    /// <exception cref="StoreUnavailableException">Another try may help.</exception>
    public async Task<ArtifactRef> AdoptAsync(AdoptionRequest request, CancellationToken cancellationToken)
    {
        var source = SourceAddress.Parse(request.Uri) ?? throw new DomainException("invalid-uri", $"'{request.Uri}' names no object.", "Write s3://bucket/key.");
        EnsureAllowed(source);
        if (source.Key.EndsWith('/'))
            source = await OnlyFileAsync(source, cancellationToken);
        var path = artifacts.CreateTemporaryPath();
        try
        {
            var found = await objects.SaveAsync(source.Bucket, source.Key, request.VersionId, path, options.Value.UploadBytes, cancellationToken) ?? throw Missing(source);
            if (request.Sha256 is { } wanted && wanted != found.Digest)
                throw new DomainException("digest-mismatch", $"{source} has the digest {found.Digest}, where {wanted} was said.", "Say the digest of the object, or name the version that has it.");
            await Task.Run(() => ReceivedFile.Check(path, request.Format, Path.GetDirectoryName(path)), cancellationToken);
            return await artifacts.StoreAsync(path, request.Format, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<SourceAddress> OnlyFileAsync(SourceAddress folder, CancellationToken cancellationToken)
    {
        var keys = await objects.ListAsync(folder.Bucket, folder.Key, MostListed, cancellationToken);
        return keys.Where(k => k.EndsWith(Extension, StringComparison.Ordinal)).Take(2).ToList() switch
        {
            // A key that was listed was written by somebody else, and is looked at as one that was asked for.
            [var one] => SourceAddress.Parse($"{folder with { Key = one }}") ?? throw Missing(folder),
            [] => throw Missing(folder),
            _ => throw new DomainException("ambiguous-source", $"There are several {Extension} files below {folder}.", "Name one of them."),
        };
    }

    private static DomainException Missing(SourceAddress source) =>
        new("missing-object", $"There is no {(source.Key.EndsWith('/') ? $"{Extension} file below" : "object")} {source}.", "Publish it when it is written, under another id.");
}
