<?php

// The people: everybody's password is "<user>-pass".

$person = static fn (string $uid, string $given, string $family, array $groups): array => [
    'uid' => [$uid],
    'mail' => ["$uid@example.test"],
    'givenName' => [$given],
    'sn' => [$family],
    'displayName' => ["$given $family"],
    'groups' => $groups,
];

$config = [
    'people' => [
        'exampleauth:UserPass',
        'alice:alice-pass' => $person('alice', 'Alice', 'Liddell', ['staff', 'admins']),
        'bob:bob-pass' => $person('bob', 'Bob', "O'Brien <\"&'>", ['staff']),
        'jose:jose-pass' => $person('jose', 'José', 'Ñandú 漢字 🜚', []),
    ],
];
