namespace SparsePipeline.Planning;

/// <summary>Reads no more of a file than is allowed and one character: a device, or a file without end behind a link, is not read into memory.</summary>
internal static class BoundedText
{
    /// <summary>The text; longer than <see cref="RecipeLimits.Characters"/>, and so refused by whoever parses it, when the file is.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static string Read(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"Could not find file '{path}'.", path);
        using var reader = new StreamReader(path);
        var text = new char[RecipeLimits.Characters + 1];
        return new string(text, 0, reader.ReadBlock(text));
    }
}
