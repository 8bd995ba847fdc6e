<?php

// The identity provider. It signs Responses; whether it signs assertions too is said by the service provider's metadata.

$persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
$email = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
$bindings = [
    'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
    'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
];

$metadata[getenv('IDP_URL') . '/simplesaml/saml2/idp/metadata.php'] = [
    'host' => '__DEFAULT__',
    'auth' => 'people',
    'privatekey' => 'idp.key',
    'certificate' => 'idp.crt',
    'SingleSignOnServiceBinding' => $bindings,
    'SingleLogoutServiceBinding' => $bindings,
    'saml20.sign.response' => true,
    'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    'authproc' => [
        10 => ['class' => 'saml:AttributeNameID', 'attribute' => 'mail', 'Format' => $email],
        20 => ['class' => 'saml:PersistentNameID', 'attribute' => 'uid'],
        30 => ['class' => 'saml:TransientNameID'],
    ],
];
