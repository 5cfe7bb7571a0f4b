using System.CommandLine;
using System.Globalization;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Commands.Events;
using SparsePipeline.Cli.Remote;
using SparsePipeline.Client;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>publish FILE --model M</c>: hands a checkpoint to a gateway and says that it is there.</summary>
internal static class PublishCommand
{
    private static readonly Argument<string> FileArgument = new("FILE") { Description = "A checkpoint, as safetensors." };
    private static readonly Option<string> Model = new("--model") { Description = "What the model is called there.", HelpName = "MODEL", Required = true };
    private static readonly Option<string?> Recipe = new("--recipe") { Description = "Stored recipe that a run is started with; subscriptions decide when left out.", HelpName = "NAME" };
    private static readonly Option<string?> Source = new("--source") { Description = "Who publishes; /sparsepipe/MODEL when left out.", HelpName = "TEXT" };
    private static readonly Option<string?> Id = new("--id") { Description = "Of the event, unique for its source; the file's digest when left out.", HelpName = "TEXT" };

    private static readonly Option<string[]> Tags = new("--tag") { Description = "NAME=VALUE for subscriptions to go by; may be given more than once.", HelpName = "NAME=VALUE" };
    private static readonly Option<string[]> Metrics = new("--metric") { Description = "NAME=NUMBER that was measured; may be given more than once.", HelpName = "NAME=NUMBER" };

    private static readonly Option<int?> Wait = EventWait.Option("published");

    public static Command Create() => new CommandWithExamples(
        "publish",
        "Upload a checkpoint to a gateway and publish an event about it. To do so again changes nothing: the same file is the same event.",
        "sparsepipe publish net.safetensors --model digits --gateway http://localhost:8081 --key-file publisher.key",
        "sparsepipe publish net.safetensors --model digits --recipe sms-digits --tag branch=main --metric accuracy=0.98 --gateway http://localhost:8081 --key-file publisher.key")
    {
        FileArgument, Model, RemoteGateway.Address, RemoteGateway.KeyFile, Recipe, Source, Id, Tags, Metrics, Wait,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (path, model) = (invocation.Required(FileArgument), invocation.Required(Model));
        var (tags, metrics) = (Pairs(invocation.Value(Tags), "--tag", text => text), Pairs(invocation.Value(Metrics), "--metric", Number));
        WantedFile.Ensure(path, "FILE", "Give the path of a checkpoint.", ".safetensors");
        var file = LocalFile.Of(Path.GetFullPath(path), ArtifactFormats.Safetensors, Check);
        using var client = await RemoteGateway.OpenAsync(invocation, cancellationToken);
        var artifact = await client.Uploads.SendAsync(file.Path, file.Artifact, Progress(invocation, file.Artifact.SizeBytes), cancellationToken);
        var answer = await client.Events.PublishAsync(new TrainingEvent
        {
            Source = invocation.Value(Source) ?? $"/sparsepipe/{model}",
            Id = invocation.Value(Id) ?? artifact.Digest,
            Data = new CheckpointPublished { Model = model, Checkpoint = artifact, Recipe = invocation.Value(Recipe), Metrics = metrics, Tags = tags },
        }, cancellationToken);
        if (invocation.Value(Wait) is { } seconds)
            return EventText.Answer(invocation, await EventWait.ForAsync(client, answer.EventKey, seconds, cancellationToken));
        invocation.Answer(answer);
        invocation.Say($"{answer.EventKey}: {answer.State}");
        return ExitCodes.Ok;
    }

    // On the line below the command, and gone when it is done.
    private static Progress<long>? Progress(Invocation invocation, long bytes) => invocation.Terminal.IsInteractive && !invocation.Json
        ? new Progress<long>(sent => invocation.Terminal.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\rsent {100.0 * sent / bytes:0} % of {bytes:N0} bytes{(sent == bytes ? "\n" : "")}")))
        : null;

    private static void Check(string path)
    {
        using var state = CheckpointFile.Open(path, CheckpointUse.Network);
        state.EnsureFinite();
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
        ? number
        : throw new DomainException(FailureCodes.InvalidOption, $"--metric: '{text}' is no number.", "Write NAME=NUMBER, such as accuracy=0.98.");

    private static SortedDictionary<string, T>? Pairs<T>(string[]? given, string option, Func<string, T> read)
    {
        if (given is not { Length: > 0 })
            return null;
        var pairs = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var parts = text.Split('=', 2);
            pairs[parts.Length == 2 && parts[0].Length > 0 ? parts[0] : throw new DomainException(FailureCodes.InvalidOption, $"{option} '{text}' has no name or no value.", "Write NAME=VALUE.")] = read(parts[1]);
        }
        return pairs;
    }
}
