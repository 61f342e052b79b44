namespace ChatHub.Contracts;

/// <summary>The input of a method without parameters: <c>{}</c>.</summary>
public sealed record EmptyInput;
