using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Studies;

/// <summary>A study whose recipes name data and files by their content, and where the files are: they go into the store before it is run.</summary>
/// <param name="Study">Without paths of files, so that runs and steps follow the content alone.</param>
/// <param name="Files">What its recipes refer to, each once.</param>
/// <param name="Path">Where the study was read.</param>
/// <param name="Written">The study as it is written there, with paths: what its origin is found by.</param>
internal sealed record StudyInput(Study Study, IReadOnlyList<LocalFile> Files, string Path, Study Written);
