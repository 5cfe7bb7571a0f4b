namespace SparsePipeline.Learning.Data.Glyphs;

/// <summary>A font file that is rendered.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Family">Its family.</param>
internal sealed record FontFile(string Path, FontFamily Family);
