using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Minio.DataModel.Args;
using Polly;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>What both stores do with the bucket: every request is retried, watched for standstill, and its errors are explained.</summary>
/// <remarks>Objects are read and written by <see cref="PresignedTransfer"/> and listed by <see cref="S3PageRequest"/>; the library copies and deletes.</remarks>
public sealed class S3Bucket
{
    private readonly S3Connection _connection;
    private readonly S3Options _options;
    private readonly PresignedTransfer _transfer;
    private readonly S3PageRequest _pages;
    private readonly TimeSpan _patience;
    private readonly S3Outage _outage;
    private readonly ResiliencePipeline _retries;

    /// <summary>Nothing is sent yet.</summary>
    public S3Bucket(S3Connection connection, IOptions<S3Options> options, ILogger<S3Bucket>? logger = null)
    {
        (_connection, _options) = (connection, options.Value);
        _transfer = new(connection, _options.Bucket);
        _pages = new(connection, _options, TimeProvider.System);
        _patience = TimeSpan.FromSeconds(_options.TimeoutSeconds);
        _outage = new(logger, TimeProvider.System);
        _retries = S3Retries.Create(_options, _outage);
    }

    internal string Name => _options.Bucket;

    /// <summary>Hands the object to <paramref name="read"/>, once per try; default when there is none.</summary>
    internal Task<T?> GetAsync<T>(string key, Func<S3Download, Task<T>> read, CancellationToken cancellationToken) =>
        RunAsync($"reading {key}", guard => MissingAsDefaultAsync(() => _transfer.ReadAsync(key, read, guard)), cancellationToken);

    /// <summary>Hands a version of an object to <paramref name="read"/>, the present one when none is named, once per try; null when there is none.</summary>
    /// <remarks>By the library, which can sign the name of a version; it asks for the length first.</remarks>
    internal Task<T?> GetVersionAsync<T>(string key, string? versionId, Func<S3Download, Task<T>> read, CancellationToken cancellationToken)
        where T : class => RunAsync($"reading {key}", guard => MissingAsDefaultAsync(async () =>
        {
            var found = await _connection.Signer.StatObjectAsync(new StatObjectArgs().WithBucket(Name).WithObject(key).WithVersionId(versionId), guard.Token);
            T? result = null;
            await _connection.Signer.GetObjectAsync(
                new GetObjectArgs().WithBucket(Name).WithObject(key).WithVersionId(versionId)
                    .WithCallbackStream(async (body, _) => result = await read(new S3Download(body, found.Size, found.ETag, guard))), guard.Token);
            return result!;
        }), cancellationToken);

    /// <summary>Writes an object, whole or not at all.</summary>
    internal async Task<S3Put> PutAsync(
        string key, Func<StallGuard, HttpContent> body, S3Condition condition, CancellationToken cancellationToken)
    {
        var tries = 0;
        return await RunAsync($"writing {key}", async guard =>
        {
            var repeated = ++tries > 1;
            try
            {
                return new S3Put(await _transfer.WriteAsync(key, body(guard), condition, guard), repeated);
            }
            // Some servers say that there is nothing to compare with, others that the comparison failed.
            catch (S3RequestException exception) when (exception.IsRefused || (condition.Header is not null && exception.IsMissing))
            {
                return new S3Put(ETag: null, repeated);
            }
        }, cancellationToken);
    }

    /// <summary>The object's description, or null when there is none.</summary>
    internal Task<S3Entry?> StatAsync(string key, CancellationToken cancellationToken) =>
        RunAsync($"looking for {key}", guard => MissingAsDefaultAsync(async () =>
        {
            var found = await _connection.Signer.StatObjectAsync(new StatObjectArgs().WithBucket(Name).WithObject(key), guard.Token);
            return new S3Entry(key, found.Size, new DateTimeOffset(found.LastModified)) { ETag = found.ETag };
        }), cancellationToken);

    /// <summary>Makes the object as young as one just written, without moving its bytes; nothing happens when there is none.</summary>
    internal Task RefreshAsync(string key, CancellationToken cancellationToken) =>
        RunAsync($"refreshing {key}", guard => MissingAsDefaultAsync(async () =>
        {
            var source = new CopySourceObjectArgs().WithBucket(Name).WithObject(key);
            // A copy onto itself must say that it changes something.
            await _connection.Signer.CopyObjectAsync(
                new CopyObjectArgs().WithBucket(Name).WithObject(key).WithReplaceMetadataDirective(true).WithCopyObjectSource(source), guard.Token);
            return true;
        }), cancellationToken);

    /// <summary>Deletes the object; nothing happens when there is none.</summary>
    internal Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        RunAsync($"deleting {key}", guard => MissingAsDefaultAsync(async () =>
        {
            await _connection.Signer.RemoveObjectAsync(new RemoveObjectArgs().WithBucket(Name).WithObject(key), guard.Token);
            return true;
        }), cancellationToken);

    /// <summary>Objects whose keys start with the prefix, in ordinal order, a page in memory at a time.</summary>
    internal IAsyncEnumerable<S3Entry> ListAsync(string prefix, CancellationToken cancellationToken) => ListAsync(prefix, startAfter: null, cancellationToken);

    /// <summary>Objects whose keys start with the prefix and come after another, in ordinal order.</summary>
    internal async IAsyncEnumerable<S3Entry> ListAsync(string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listing = new S3Listing((after, guard) => _pages.SendAsync(prefix, after, guard.Token), startAfter);
        while (await RunAsync($"listing {prefix}", listing.NextAsync, cancellationToken) is { } entry)
            yield return entry;
    }

    /// <summary>Uploads in parts that were begun and not finished.</summary>
    internal Task<List<S3Entry>> ListUploadsAsync(CancellationToken cancellationToken) =>
        RunAsync("listing unfinished uploads", async guard =>
        {
            var uploads = new List<S3Entry>();
            var arguments = new ListIncompleteUploadsArgs().WithBucket(Name).WithRecursive(true);
            await foreach (var upload in _connection.Signer.ListIncompleteUploadsEnumAsync(arguments, guard.Token))
            {
                guard.Moved();
                uploads.Add(new S3Entry(upload.Key, Length: 0, DateTimeOffset.Parse(upload.Initiated)));
            }
            return uploads;
        }, cancellationToken);

    /// <summary>Aborts the unfinished uploads of an object.</summary>
    internal Task AbortUploadsAsync(string key, CancellationToken cancellationToken) =>
        RunAsync($"aborting uploads of {key}", async guard =>
        {
            await _connection.Signer.RemoveIncompleteUploadAsync(new RemoveIncompleteUploadArgs().WithBucket(Name).WithObject(key), guard.Token);
            return true;
        }, cancellationToken);

    private async Task<T> RunAsync<T>(string what, Func<StallGuard, Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await _retries.ExecuteAsync(async token => await TryAsync(what, operation, token), cancellationToken);
        }
        catch (S3RequestException exception)
        {
            throw S3Errors.Explain(exception, _options);
        }
    }

    private async Task<T> TryAsync<T>(string what, Func<StallGuard, Task<T>> operation, CancellationToken cancellationToken)
    {
        using var guard = new StallGuard(_patience, cancellationToken);
        try
        {
            var answer = await operation(guard);
            _outage.Answered();
            return answer;
        }
        catch (Exception exception) when (guard.Token.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var message = $"{what}: no byte moved for {_patience.TotalSeconds:0} s (S3:TimeoutSeconds)";
            throw new S3RequestException(status: null, "Stalled", message, exception);
        }
        catch (Exception exception) when (exception is not S3RequestException && S3Errors.Classify(what, exception) is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw S3Errors.Classify(what, exception)!;
        }
    }

    private static async Task<T?> MissingAsDefaultAsync<T>(Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (S3RequestException exception) when (exception.IsMissing)
        {
            return default;
        }
    }
}
