namespace SparsePipeline.Learning.Data.Glyphs;

/// <summary>What is known about the fonts of one family.</summary>
/// <param name="Name">As the font files say it.</param>
/// <param name="Kind">One of <see cref="FontKinds"/>.</param>
/// <param name="Group">
/// What is never divided between splits: a package, since packages hold near-duplicates such as <c>Clear Sans</c> and <c>Clear Sans Light</c>.
/// </param>
internal sealed record FontFamily(string Name, string Kind, string Group);
